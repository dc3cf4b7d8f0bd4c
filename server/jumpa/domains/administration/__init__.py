"""What administrators see of the whole: how much it is used, who meets now, what is switched on."""
