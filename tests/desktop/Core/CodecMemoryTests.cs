using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using EdgeBroker.Broker;
using EdgeBroker.Codec;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>What the packets that a broker holds take of a board's heap.</summary>
[TestClass]
public sealed class CodecMemoryTests
{
    /// <summary>CONNECT with two sets of properties, four other objects.</summary>
    private const int MostBytes = 744;

    [TestMethod]
    public void PacketsOfABroker_FitTheirBudgetOnABoard()
    {
        var limits = new BrokerLimits();
        var broker = new MqttBroker(
            limits, new BrokerSettings(), new OpenAuthenticator(true), null, 0);
        HashSet<object> packets = new(ReferenceEqualityComparer.Instance);
        Collect(broker, packets);
        Assert.IsNotEmpty(packets);
        int bytes = packets.Sum(packet => Bytes(packet.GetType()));
        string list = string.Join(", ", packets.Select(
            packet => $"{packet.GetType().Name} {Bytes(packet.GetType())}"));
        Assert.IsLessThanOrEqualTo(MostBytes, bytes, list);
    }

    [TestMethod]
    public void AnObject_TakesAHeapBlockForItselfAndOneForEachField() =>
        Assert.AreEqual(12 + (12 * 4), Bytes(typeof(PropertySet)));

    private static void Collect(object holder, HashSet<object> packets)
    {
        foreach (object value in Fields(holder.GetType()).Select(f => f.GetValue(holder)))
        {
            if (value?.GetType().Namespace == typeof(PropertySet).Namespace && packets.Add(value))
            {
                Collect(value, packets);
            }
        }
    }

    private static int Bytes(Type type) => MemoryLedger.HeapBlock * (1 + Fields(type).Length);

    private static FieldInfo[] Fields(Type type) => type.GetFields(
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
}
