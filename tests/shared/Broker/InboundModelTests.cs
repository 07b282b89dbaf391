#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>
    /// Inbound memory against arrays of bytes: whatever Window allows fits, and nobody waits for
    /// ever.
    /// </summary>
    [TestClass]
    public sealed class InboundModelTests
    {
        private const int Connections = 5;
        private const int MaxBytes = 700;

        [TestMethod]
        public void AnyOrder_KeepsWhatCame()
        {
            for (int seed = 1; seed <= 8; seed++)
            {
                Run(seed);
            }
        }

        private static void Run(int seed)
        {
            Lcg random = new Lcg(seed);
            BrokerLimits limits = new BrokerLimits();
            limits.MaxConnections = Connections - 1;
            limits.InboundBlockSize = 16 + 8 * random.Below(4);
            limits.MaxConnectSize = 64 + random.Below(64);
            limits.MaxPacketSize = limits.MaxConnectSize + random.Below(200);
            limits.InboundBlocks = limits.MaxPacketSize / limits.InboundBlockSize + 1
                + random.Below(8);
            InboundBuffers inbound = new InboundBuffers(limits);
            byte[][] kept = new byte[Connections][];
            byte[] bytes = new byte[MaxBytes];
            for (int slot = 0; slot < Connections; slot++)
            {
                kept[slot] = new byte[0];
            }

            for (int step = 0; step < 600; step++)
            {
                int slot = random.Below(Connections);
                if (inbound.IsPaused[slot])
                {
                    TakeSome(inbound, kept, slot, random);
                }
                else if (random.Below(12) == 0)
                {
                    inbound.Clear(slot);
                    kept[slot] = new byte[0];
                }
                else
                {
                    Arrive(inbound, kept, slot, random, limits, bytes);
                }

                Check(inbound, kept, "seed " + seed.ToString() + " step " + step.ToString());
            }

            for (int slot = 0; slot < Connections; slot++)
            {
                inbound.Clear(slot);
            }

            Assert.AreEqual(0L, inbound.UsedBytes(), "blocks are left");
            Assert.AreEqual(0, inbound.Waiting, "somebody waits");
            Assert.AreEqual(limits.InboundBlockSize * (limits.InboundBlocks + 1),
                inbound.Window(0, false), "promises are left");
        }

        // As Receive does it. Connection 0 is a stranger.
        private static void Arrive(InboundBuffers inbound, byte[][] kept, int slot, Lcg random,
            BrokerLimits limits, byte[] bytes)
        {
            bool isStranger = slot == 0;
            int window = inbound.Window(slot, isStranger);
            Assert.IsTrue(window >= 0, "window");
            if (window == 0)
            {
                return;
            }

            window = window < MaxBytes ? window : MaxBytes;
            int count = random.Below(3) == 0 ? window : 1 + random.Below(window);
            for (int i = 0; i < count; i++)
            {
                bytes[i] = (byte)random.Below(256);
            }

            int most = isStranger ? limits.MaxConnectSize : limits.MaxPacketSize;
            int need = inbound.Need[slot] > 0 ? inbound.Need[slot] : 5 + random.Below(most - 4);
            int total = kept[slot].Length + count;
            if (total >= need && random.Below(3) > 0)
            {
                // The packet is handled; what came behind it begins the next one.
                int rest = total - need < count ? total - need : count;
                inbound.Clear(slot);
                kept[slot] = new byte[0];
                if (rest > 0)
                {
                    bool isKnown = rest >= 5;
                    int next = isKnown ? rest + 1 + random.Below(most) : 0;
                    next = next < most ? next : most;
                    Keep(inbound, kept, slot, bytes, count - rest, rest, next > rest ? next : 0);
                    inbound.IsPaused[slot] = next <= rest && isKnown;
                }

                return;
            }

            bool isShort = total < 5 && inbound.Need[slot] == 0;
            Keep(inbound, kept, slot, bytes, 0, count, isShort || total >= need ? 0 : need);
            inbound.IsPaused[slot] = total >= need && !isShort;
        }

        private static void Keep(InboundBuffers inbound, byte[][] kept, int slot, byte[] bytes,
            int offset, int count, int need)
        {
            inbound.Keep(slot, bytes, offset, count, need, slot == 0);
            byte[] all = new byte[kept[slot].Length + count];
            System.Array.Copy(kept[slot], 0, all, 0, kept[slot].Length);
            System.Array.Copy(bytes, offset, all, kept[slot].Length, count);
            kept[slot] = all;
        }

        private static void TakeSome(InboundBuffers inbound, byte[][] kept, int slot, Lcg random)
        {
            int length = kept[slot].Length;
            int count = random.Below(3) == 0 ? length : random.Below(length + 1);
            inbound.Skip(slot, count);
            kept[slot] = Wire.Part(kept[slot], count, length - count);
            if (count == length)
            {
                inbound.Clear(slot);
            }
        }

        private static void Check(InboundBuffers inbound, byte[][] kept, string where)
        {
            byte[] got = new byte[MaxBytes * 2];
            int waiting = 0;
            bool isAnyPaused = false;
            bool canAnybody = false;
            for (int slot = 0; slot < Connections; slot++)
            {
                int length = kept[slot].Length;
                Assert.AreEqual(length, inbound.Length[slot], where + ": length");
                if (length > 0)
                {
                    inbound.Peek(slot, got, length);
                    for (int i = 0; i < length; i++)
                    {
                        Assert.IsTrue(kept[slot][i] == got[i], where + ": a byte");
                    }
                }

                bool isWaiting = inbound.IsWaiting(slot);
                waiting += isWaiting ? 1 : 0;
                isAnyPaused = isAnyPaused || inbound.IsPaused[slot];
                int left = inbound.Need[slot] - length;
                if (left > 0 && !isWaiting && slot > 0 && !inbound.IsPaused[slot])
                {
                    Assert.IsTrue(inbound.Window(slot, slot == 0) >= left,
                        where + ": a promise that is not kept");
                }

                canAnybody = canAnybody || inbound.Window(slot, slot == 0) > 0;
            }

            Assert.AreEqual(waiting, inbound.Waiting, where + ": waiting");
            Assert.IsTrue(canAnybody || isAnyPaused, where + ": all wait for each other");
        }
    }
}
