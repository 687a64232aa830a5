"""Cap tables for tests, as a person writes them."""

TWO = """
classes:
  common: {kind: common, shares: 8M}
  series_a: {kind: preferred, shares: 2M, original_issue_price: 2.5, liquidation_preference_multiple: 1,
    participation: none, seniority: 1}
positions:
  Ada: {common: 75%}
  Fund: {series_a: 100%}
"""
"""8 of common and 2 of preferred at 2.5: it converts above 25."""

THREE = """
name: Three classes
currency: USD
classes:
  common: {kind: common, shares: 8M}
  series_a: {kind: preferred, shares: 2M, original_issue_price: 2.5, liquidation_preference_multiple: 1,
    participation: capped, participation_cap_multiple: 2, seniority: 1}
  series_b: {kind: preferred, shares: 1.5M, original_issue_price: 6, liquidation_preference_multiple: 1,
    participation: none, seniority: 2}
"""
"""The published table whose payouts bend at 9, 14, 39, 59 and 69 million."""
