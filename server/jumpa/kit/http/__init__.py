"""What any HTTP server needs: problems, request ids, headers, limits, files."""
