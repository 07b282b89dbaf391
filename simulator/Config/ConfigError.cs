namespace EdgeBroker.Simulator.Config;

/// <summary>Something wrong in a configuration file.</summary>
/// <param name="Line">Its line, from 1, or 0 when it is about the whole file.</param>
/// <param name="Sentence">What is wrong.</param>
public sealed record ConfigError(int Line, string Sentence);
