"""Runs apart: what a page has to run, runs in a process of its own, which may be killed.

A broker, one for the machine, lends runner processes to requests; lab.apart.client is the side of who asks.
Nothing here knows what is run: it is a function that can be pickled, and what it returns is plain.
"""
