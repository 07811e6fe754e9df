"""Individual stability over the implicit hypercube of options: no state graph, no table of states by states."""
