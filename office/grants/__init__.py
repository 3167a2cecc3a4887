"""Grants with an amount: rewards for delivery outlets, and the interest of households and of enterprises."""
