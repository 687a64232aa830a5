"""One figure a file: each builder takes numbers of the summary and gives a plain plotly figure as a dict."""
