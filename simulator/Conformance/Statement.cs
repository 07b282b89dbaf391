namespace EdgeBroker.Simulator.Conformance;

/// <summary>A numbered statement of one version, and what the broker makes of it.</summary>
/// <param name="Version">"5.0" or "3.1.1".</param>
/// <param name="Section">The heading that it stands under.</param>
/// <param name="Number">Its number, such as 3.1.2-5.</param>
/// <param name="Status">Whether it is kept.</param>
/// <param name="Like">The number of one of 5.0 that the same code keeps; empty for none.</param>
/// <param name="Text">What is to be so, in short.</param>
/// <param name="Note">Why, or what a client is told; empty for most.</param>
public sealed record Statement(string Version, string Section, string Number,
    StatementStatus Status, string Like, string Text, string Note);
