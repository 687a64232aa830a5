"""Valuation scenario simulator for staged venture financings."""
