"""Prints the OpenAPI schema, from which the web app's types are made."""

import json
import sys

from jumpa.api import Api

sys.stdout.write(json.dumps(Api().openapi(), indent=2, sort_keys=True) + "\n")
