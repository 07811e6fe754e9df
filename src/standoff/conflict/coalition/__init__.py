"""Coalition stability: one concept a file, each a pure function of a state graph, a coalition and a state."""
