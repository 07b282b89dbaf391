using System;
using EdgeBroker.Tests.Desktop.Structure.Samples.Broker;

namespace EdgeBroker.Tests.Desktop.Structure.Samples.Topics;

/// <summary>Sees upwards in the type of a field and in a catch clause.</summary>
internal sealed class BadTopics
{
    public BadBroker Field = null;

    public static void Catch(Action action)
    {
        try
        {
            action();
        }
        catch (BadBroker)
        {
            action();
        }
    }
}
