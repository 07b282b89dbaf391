namespace EdgeBroker.Simulator.Conformance;

/// <summary>A place in the sources that names a statement.</summary>
/// <param name="Version">"5.0" or "3.1.1"; empty for a number that neither has.</param>
/// <param name="Number">Its number as it stands there, such as 3.1.2-5.</param>
/// <param name="Path">The file, relative to the root, with slashes.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Test">The test that shows it, Class.Method; empty elsewhere.</param>
public sealed record Mention(
    string Version, string Number, string Path, int Line, string Test);
