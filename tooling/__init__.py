"""What stands behind ./run and ./test.

Standard library only, except catalogue.py, which runs inside the environment.
"""
