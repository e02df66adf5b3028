"""制度: the parameters that rules take, each dated and with its source, and what a committee sets for itself."""
