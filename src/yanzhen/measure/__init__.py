"""How fast it is: the program's own code against a floor measured in the same run, so that only ratios count."""
