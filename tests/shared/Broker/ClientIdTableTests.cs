#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;
using EdgeBroker.Memory;

namespace EdgeBroker.Tests
{
    /// <summary>Which connection has which Client Identifier.</summary>
    [TestClass]
    public sealed class ClientIdTableTests
    {
        [TestMethod]
        public void Find_KnowsWhatWasAddedAndNotUnlinked()
        {
            ClientIdTable table = Table(4, 0);
            Assert.IsTrue(Add(table, 0, "one"), "one");
            Assert.IsTrue(Add(table, 2, "two"), "two");
            Assert.AreEqual(0, Find(table, "one"), "one");
            Assert.AreEqual(2, Find(table, "two"), "two");
            Assert.AreEqual(ClientIdTable.None, Find(table, "on"), "a beginning");
            Assert.AreEqual(ClientIdTable.None, Find(table, "ones"), "longer");
            table.Unlink(0);
            Assert.AreEqual(ClientIdTable.None, Find(table, "one"), "unlinked");
            Assert.AreEqual(3, table.LengthOf(0), "its text stays readable");
            Assert.IsTrue(Add(table, 1, "one"), "free for others");
            Assert.AreEqual(1, Find(table, "one"), "the new one");
            table.Forget(0);
            table.Forget(0);
            Assert.AreEqual(0, table.LengthOf(0), "forgotten");
            byte[] id = new byte[8];
            table.Read(1, id, 2);
            Assert.AreEqual((int)'o', (int)id[2], "text of the new one");
        }

        [TestMethod]
        public void NoRoomForText_IsRefused_RoomComesBack()
        {
            ClientIdTable table = Table(4, 3);
            Assert.IsTrue(Add(table, 0, "0123456789abcdefghijk"), "two blocks of 16 bytes");
            Assert.IsTrue(Add(table, 1, "x"), "the third");
            Assert.IsFalse(Add(table, 2, "y"), "none is left");
            Assert.AreEqual(ClientIdTable.None, Find(table, "y"), "nothing has changed");
            table.Unlink(0);
            Assert.IsFalse(Add(table, 2, "y"), "the text is still readable");
            table.Forget(0);
            Assert.IsTrue(Add(table, 2, "y"), "room again");
        }

        [TestMethod]
        public void Assign_NobodyGetsTheSame_SixteenDigitsBehindThePrefix()
        {
            ClientIdTable table = Table(40, 0);
            byte[] scratch = new byte[64];
            byte[] id = new byte[64];
            BrokerSettings settings = new BrokerSettings();
            SecretNumbers numbers =
                new SecretNumbers(settings.ClientIdKey0, settings.ClientIdKey1);
            for (int slot = 0; slot < 40; slot++)
            {
                Assert.IsTrue(table.Assign(slot, "dev-", scratch), "room");
                Assert.AreEqual(20, table.LengthOf(slot), "length");
                table.Read(slot, id, 0);
                Assert.AreEqual((int)'-', (int)id[3], "prefix");
                Assert.AreEqual(slot, table.Find(id, 0, 20), "found as its own");
                long number = 0;
                for (int i = 4; i < 20; i++)
                {
                    number = (number << 4) | (uint)(id[i] <= '9' ? id[i] - '0' : id[i] - 'a' + 10);
                }

                Assert.AreEqual(numbers.Next(), number, "all 64 bits of a secret number");
            }
        }

        [TestMethod]
        public void Assign_TheHashSeedIsNotInIt()
        {
            // Fault 2: the digits depend on the key only, so they tell nothing of the seed.
            byte[] one = Assigned(1, 0x1111);
            byte[] sameKey = Assigned(99, 0x1111);
            byte[] otherKey = Assigned(1, 0x1112);
            bool isSame = true;
            bool differs = false;
            for (int i = 0; i < 21; i++)
            {
                isSame = isSame && one[i] == sameKey[i];
                differs = differs || one[i] != otherKey[i];
            }

            Assert.IsTrue(isSame, "another seed changes nothing");
            Assert.IsTrue(differs, "another key does");
        }

        [TestMethod]
        public void Chains_AreBounded()
        {
            // Fault 2: with a known seed anybody finds identifiers of one bucket.
            BrokerSettings settings = new BrokerSettings();
            ClientIdTable table = Table(20, 0);
            byte[] id = new byte[4];
            int added = 0;
            for (int n = 0; added < 17; n++)
            {
                id[0] = (byte)('a' + n % 26);
                id[1] = (byte)('a' + n / 26 % 26);
                id[2] = (byte)('a' + n / 676 % 26);
                id[3] = (byte)('a' + n / 17576);
                int hash = Hashing.Of(id, 0, 4, settings.HashSeed);
                if (Hashing.Index(hash, Hashing.Buckets(20) - 1) == 5)
                {
                    bool isAdded = table.Add(added, id, 0, 4);
                    Assert.AreEqual(added < Hashing.MaxChain, isAdded, "chain");
                    added++;
                }
            }
        }

        [TestMethod]
        public void AnyOrder_IsThatOfAList()
        {
            Lcg random = new Lcg(4);
            ClientIdTable table = Table(12, 0);
            int[] names = new int[12];
            for (int step = 0; step < 600; step++)
            {
                int slot = random.Below(12);
                int name = 1 + random.Below(30);
                string text = "client " + name.ToString();
                int owner = ClientIdTable.None;
                for (int i = 0; i < 12; i++)
                {
                    owner = names[i] == name ? i : owner;
                }

                Assert.AreEqual(owner, Find(table, text), "owner");
                if (names[slot] > 0)
                {
                    table.Unlink(slot);
                    table.Forget(slot);
                    names[slot] = 0;
                }
                else if (owner == ClientIdTable.None)
                {
                    Assert.IsTrue(Add(table, slot, text), "room");
                    names[slot] = name;
                }
            }
        }

        private static byte[] Assigned(int hashSeed, long key)
        {
            BrokerSettings settings = new BrokerSettings();
            settings.HashSeed = hashSeed;
            settings.ClientIdKey0 = key;
            BrokerLimits limits = new BrokerLimits();
            ClientIdTable table = new ClientIdTable(2, settings, limits);
            byte[] id = new byte[64];
            Assert.IsTrue(table.Assign(0, "auto-", id), "room");
            table.Read(0, id, 0);
            return id;
        }

        private static ClientIdTable Table(int connections, int blocks)
        {
            BrokerLimits limits = new BrokerLimits();
            limits.MaxConnections = connections - 1;
            limits.TextBlockSize = 16;
            limits.ClientIdBlocks = blocks;
            return new ClientIdTable(connections, new BrokerSettings(), limits);
        }

        private static bool Add(ClientIdTable table, int slot, string id)
        {
            byte[] bytes = Text.Bytes(id);
            return table.Add(slot, bytes, 0, bytes.Length);
        }

        private static int Find(ClientIdTable table, string id)
        {
            byte[] bytes = Text.Bytes(id);
            return table.Find(bytes, 0, bytes.Length);
        }
    }
}
