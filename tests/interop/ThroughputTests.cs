using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Interop;

/// <summary>Many messages from many clients; how fast they go is not asked here.</summary>
[TestClass]
[DoNotParallelize] // It keeps the machine busy, and others have to be in time.
public sealed class ThroughputTests : InteropTest
{
    private const int FloodLimitMs = 120_000;
    private const int Publishers = 50;
    private const int MessagesPerPublisher = 2_000;

    [TestMethod]
    [Timeout(FloodLimitMs)]
    [Clients]
    public void Flood_50Publishers_100000Messages_NothingLostOrReordered(
        string library, int version)
    {
        // The drivers keep few messages under way and need no setting. Nothing holds fifty
        // mosquitto_pub back, so the subscriber's queue must be able to take all they send.
        using BrokerUnderTest broker = library == ClientLibrary.Mosquitto
            ? BrokerUnderTest.Start("max_queued_messages 200000", "max_queued_bytes 100000000")
            : null;
        UseBench(new Bench(broker ?? SharedBroker, NewDeadline(FloodLimitMs)));

        var check = new OrderCheck(Publishers, MessagesPerPublisher);
        Library(library, version).Flood(Publishers, MessagesPerPublisher, check);
        check.Complete();
    }
}
