"""What an exit may come with: shares sold in the offering and after it, money held back, money that is still to be earned."""
