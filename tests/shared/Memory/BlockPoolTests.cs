#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Memory;

namespace EdgeBroker.Tests
{
    /// <summary>Blocks come from one array, are all given back, and hold what was put in.</summary>
    [TestClass]
    public sealed class BlockPoolTests
    {
        [TestMethod]
        public void Store_EveryLengthAroundTheBlockSize_ReadsBackFromEveryOffset()
        {
            BlockPool pool = new BlockPool(8, 6);
            byte[] source = Numbers(48);
            byte[] target = new byte[48];
            for (int length = 0; length <= 48; length++)
            {
                int expected = length == 0 ? 1 : (length + 7) / 8;
                Assert.AreEqual(expected, pool.BlocksFor(length), "blocks");
                int chain = pool.Store(source, 0, length);
                Assert.IsTrue(chain != BlockPool.None, "stored");
                Assert.AreEqual(6 - expected, pool.FreeCount, "free while stored");
                Assert.AreEqual(expected * 8L, pool.UsedBytes(), "used bytes");
                for (int from = 0; from <= length; from++)
                {
                    pool.Read(chain, from, target, 0, length - from);
                    AssertSame(source, from, target, length - from);
                }

                pool.Free(chain);
                Assert.AreEqual(6, pool.FreeCount, "free afterwards");
            }
        }

        [TestMethod]
        public void Begin_OneBlockTooMany_IsRefusedAndTakesNothing()
        {
            BlockPool pool = new BlockPool(8, 3);
            Assert.AreEqual(BlockPool.None, pool.Begin(25), "too large for the pool");
            Assert.AreEqual(3, pool.FreeCount, "nothing was taken");
            int first = pool.Begin(16);
            Assert.AreEqual(BlockPool.None, pool.Begin(9), "too large for the rest");
            Assert.AreEqual(1, pool.FreeCount, "nothing more was taken");
            int second = pool.Begin(8);
            Assert.IsTrue(second != BlockPool.None, "the last block");
            Assert.AreEqual(BlockPool.None, pool.Begin(0), "even an empty run needs a block");
            pool.Free(first);
            pool.Free(second);
            pool.Free(BlockPool.None);
            Assert.AreEqual(3, pool.FreeCount, "all back");
        }

        [TestMethod]
        public void Append_InPiecesOfEverySize_FillsTheChainInOrder()
        {
            BlockPool pool = new BlockPool(8, 6);
            byte[] source = Numbers(40);
            byte[] target = new byte[40];
            for (int piece = 1; piece <= 40; piece++)
            {
                int chain = pool.Begin(40);
                for (int at = 0; at < 40; at += piece)
                {
                    pool.Append(source, at, 40 - at < piece ? 40 - at : piece);
                    pool.Append(source, at, 0);
                }

                pool.Read(chain, 0, target, 0, 40);
                AssertSame(source, 0, target, 40);
                pool.Free(chain);
            }
        }

        [TestMethod]
        public void Chains_TakenAndFreedInAnyOrder_NeverShareABlock()
        {
            BlockPool pool = new BlockPool(4, 24);
            Lcg random = new Lcg(7);
            int[] chains = new int[8];
            int[] lengths = new int[8];
            byte[] owner = new byte[16];
            byte[] target = new byte[16];
            for (int i = 0; i < 8; i++)
            {
                chains[i] = BlockPool.None;
            }

            for (int step = 0; step < 600; step++)
            {
                int i = random.Below(8);
                if (chains[i] != BlockPool.None)
                {
                    pool.Read(chains[i], 0, target, 0, lengths[i]);
                    for (int k = 0; k < lengths[i]; k++)
                    {
                        Assert.AreEqual(i + 1, (int)target[k], "somebody else wrote here");
                    }

                    pool.Free(chains[i]);
                    chains[i] = BlockPool.None;
                    continue;
                }

                lengths[i] = random.Below(17);
                for (int k = 0; k < 16; k++)
                {
                    owner[k] = (byte)(i + 1);
                }

                int free = pool.FreeCount;
                chains[i] = pool.Store(owner, 0, lengths[i]);
                Assert.AreEqual(free >= pool.BlocksFor(lengths[i]), chains[i] != BlockPool.None,
                    "stored exactly when there is room");
            }

            for (int i = 0; i < 8; i++)
            {
                pool.Free(chains[i]);
            }

            Assert.AreEqual(24, pool.FreeCount, "all back");
        }

        [TestMethod]
        public void StartsWith_ComparesOverBlocks()
        {
            BlockPool pool = new BlockPool(4, 4);
            byte[] source = Numbers(11);
            int chain = pool.Store(source, 0, 11);
            for (int count = 0; count <= 11; count++)
            {
                Assert.IsTrue(pool.StartsWith(chain, source, 0, count), "same");
                if (count > 0)
                {
                    byte[] other = Numbers(11);
                    other[count - 1]++;
                    Assert.IsFalse(pool.StartsWith(chain, other, 0, count), "last byte differs");
                }
            }
        }

        [TestMethod]
        public void Link_HangsOneChainBehindAnother()
        {
            BlockPool pool = new BlockPool(4, 5);
            byte[] source = Numbers(16);
            byte[] target = new byte[16];
            int first = pool.Store(source, 0, 8);
            int second = pool.Store(source, 8, 8);
            int last = pool.LastOf(first);
            Assert.IsTrue(last != first, "the last of two");
            pool.Next[last] = second;
            pool.Read(first, 0, target, 0, 16);
            AssertSame(source, 0, target, 16);
            Assert.AreEqual(pool.LastOf(second), pool.LastOf(first), "one chain now");
            pool.Free(first);
            Assert.AreEqual(5, pool.FreeCount, "all back");
        }

        private static byte[] Numbers(int count)
        {
            byte[] numbers = new byte[count];
            for (int i = 0; i < count; i++)
            {
                numbers[i] = (byte)(i + 1);
            }

            return numbers;
        }

        private static void AssertSame(byte[] expected, int offset, byte[] actual, int count)
        {
            for (int i = 0; i < count; i++)
            {
                Assert.AreEqual((int)expected[offset + i], (int)actual[i], "byte");
            }
        }
    }
}
