"""What an exit pays: the charter's regime, who converts, and everybody's payout."""
