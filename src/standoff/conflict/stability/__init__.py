"""Individual stability: one concept a file, each a pure function of a state graph, a decision maker and a
state."""
