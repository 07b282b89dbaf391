using System;
using EdgeBroker.Tests.Desktop.Structure.Samples.Firmware;

namespace EdgeBroker.Tests.Desktop.Structure.Samples.Broker;

/// <summary>Sees upwards in the element type of a parameter.</summary>
internal sealed class BadBroker : Exception
{
    public static int Arrays(BadFirmware[][] items) => items.Length;
}
