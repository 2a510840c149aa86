"""Policies: what insurers offer and what people hold of it; what the third tier costs and brings."""
