namespace EdgeBroker.Simulator.View;

/// <summary>A topic as the view shows it.</summary>
/// <param name="Name">The Topic Name in a form that prints.</param>
/// <param name="Rate">Messages per second.</param>
/// <param name="ByteRate">Bytes of payload per second.</param>
/// <param name="Messages">Messages since it was first seen.</param>
/// <param name="ValueAt">Where the last payload begins in Sample.Values.</param>
/// <param name="Kept">How many of its bytes stand there.</param>
/// <param name="Length">Bytes of the last payload.</param>
/// <param name="AgeMs">Milliseconds since the last message.</param>
public readonly record struct TopicRow(string Name, double Rate, double ByteRate, long Messages,
    int ValueAt, int Kept, int Length, long AgeMs);
