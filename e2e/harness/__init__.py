"""What the tests of the whole product stand on: servers, browsers, people and their media."""
