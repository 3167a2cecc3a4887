"""What the office reports and tries out: frozen figures, scenarios, bulletins, assessments. Its tables and their reading."""
