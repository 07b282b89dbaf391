#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>The slots.</summary>
    [TestClass]
    public sealed class ConnectionTableTests
    {
        [TestMethod]
        public void Take_GivesEachSlotOnce_UntilAllAreInUse()
        {
            ConnectionTable table = new ConnectionTable(3);
            Assert.AreEqual(0, table.Take(11, 5), "first");
            Assert.AreEqual(1, table.Take(12, 6), "second");
            Assert.IsFalse(table.IsFull(), "one is free");
            Assert.AreEqual(2, table.Take(13, 7), "third");
            Assert.IsTrue(table.IsFull(), "none is free");
            Assert.AreEqual(ConnectionTable.None, table.Take(14, 8), "none");
            Assert.AreEqual(3, table.Count, "in use");
            Assert.AreEqual((byte)12, table.Origin[1], "origin");
            Assert.AreEqual(7, table.Since[2], "time");
        }

        [TestMethod]
        public void Give_TheLastOneComesFirst_TouchedStays()
        {
            ConnectionTable table = new ConnectionTable(4);
            table.Take(0, 0);
            table.Take(0, 0);
            table.Take(0, 0);
            table.Give(0);
            table.Give(1);
            Assert.AreEqual(1, table.Count, "in use");
            Assert.AreEqual(1, table.Take(0, 0), "the last one");
            Assert.AreEqual(0, table.Take(0, 0), "then the other");
            Assert.AreEqual(3, table.Touched, "the fourth was never used");
            Assert.AreEqual(3, table.Take(0, 0), "now it is");
        }

        [TestMethod]
        public void Take_NothingOfTheFormerClientIsLeft()
        {
            ConnectionTable table = new ConnectionTable(1);
            int slot = table.Take(5, 1);
            table.Version[slot] = 5;
            table.KeepAliveMs[slot] = 1500;
            table.ClientPacketSize[slot] = 20;
            table.Route[slot] = 3;
            table.State[slot] = (byte)ConnectionState.Closing;
            table.Give(slot);
            Assert.AreEqual((byte)ConnectionState.Free, table.State[slot], "free");
            Assert.AreEqual(slot, table.Take(0, 2), "the same slot");
            Assert.AreEqual((byte)ConnectionState.AwaitingConnect, table.State[slot], "state");
            Assert.AreEqual((byte)0, table.Version[slot], "version");
            Assert.AreEqual(0, table.KeepAliveMs[slot], "Keep Alive");
            Assert.AreEqual(int.MaxValue, table.ClientPacketSize[slot], "packet size");
            Assert.AreEqual(ConnectionTable.None, table.Route[slot], "route");
            Assert.AreEqual((byte)0, table.Origin[slot], "origin");
        }
    }
}
