using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Model;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Lab;

/// <summary>It is seen when messages take what is kept for responses.</summary>
[TestClass]
public sealed class ResponseShareTests
{
    private const int Reserved = 10;

    private readonly MqttBroker _broker = new(RandomLimits.Generous(), new BrokerSettings(),
        new OpenAuthenticator(true), null, 0);

    private OutboundQueues Queues => CoreInside.Queues(_broker);

    private MessageStore Store => CoreInside.Store(_broker);

    [TestMethod]
    public void NewBroker_NothingIsWrong() => Assert.IsNull(Fault());

    [TestMethod]
    public void EntryThatNobodyCounted_IsSeen()
    {
        Queues.Messages[3]++;
        StringAssert.Contains(Fault(), "1 messages and 0 responses");
    }

    [TestMethod]
    public void MoreMessagesThanTheirEntries_AreSeen()
    {
        Queues.Messages[3] = Queues.Count = Queues.MessageEntries;
        Assert.IsNull(Fault());
        Queues.Messages[3] = ++Queues.Count;
        StringAssert.Contains(Fault(), "queue entries that are kept for responses");
    }

    [TestMethod]
    public void BlocksOfMessages_AreSeen_AndThoseOfResponsesAreTheirOwn()
    {
        int last = MessageStore.None;
        while (Store.Pool.FreeCount >= Reserved)
        {
            last = Store.StoreRaw(new byte[1], 0, 1);
        }

        Assert.AreEqual("messages leave 9 blocks of 10 to responses", Fault());
        Queues.Open(3);
        Queues.Add(3, OutboundQueues.Raw, last);
        Assert.IsNull(Fault());
    }

    private string Fault() => ResponseShare.Fault(_broker, Reserved);
}
