"""People come and go for half an hour: what the server keeps of them is a leak."""
