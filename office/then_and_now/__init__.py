"""What was decided and in force then, beside what is known now: the time machine, and past decisions that would differ."""
