using System;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Interop;

/// <summary>
/// Each client over the network that Windows and macOS have. The whole project runs over it with
/// EDGEBROKER_NETWORK=portable in the environment.
/// </summary>
[TestClass]
public sealed class PortableNetworkTests : InteropTest
{
    private const string OnPortable = "EDGEBROKER_NETWORK=portable exec \"$0\" \"$@\"";
    private const int LargePayloadLength = 200 * 1024;

    [TestMethod]
    [Timeout(LimitMs)]
    [Clients]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)] // It has no other network.
    public void LargeRetainedAndLiveMessages_Arrive_AndTheBrokerEnds(string library, int version)
    {
        using BrokerUnderTest broker = BrokerUnderTest.StartInShell(OnPortable);
        Deadline deadline = NewDeadline(LimitMs);
        UseBench(new Bench(broker, deadline));
        ClientLibrary client = Library(library, version);
        string topic = Bench.Root + "/t";
        var payload = new byte[LargePayloadLength];
        new Random(1).NextBytes(payload);
        client.Publish(new Message { Topic = topic, Payload = payload, Qos = 1, Retain = true });
        Listener listener = client.Listen(topic);
        CollectionAssert.AreEqual(payload, listener.Next().Payload);
        client.Publish(new Message { Topic = topic, Text = "live", Qos = 1 });
        Assert.AreEqual("live", listener.Next().Text);
        Assert.AreEqual(0, broker.Terminate());
    }
}
