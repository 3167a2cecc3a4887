"""The logistics subsidy: claims checked, settled, adjusted."""
