"""A second, independent implementation of playbook files. See README.md in this folder."""
