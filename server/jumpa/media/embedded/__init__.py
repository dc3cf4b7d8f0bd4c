"""The built-in media server: live rooms here, packets in jumpa-sfu."""
