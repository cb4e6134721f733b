// The least a Swift program can do: what starting a static binary costs before it does anything of its own.
print("Hello, world!")
