#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>Connections that take turns.</summary>
    [TestClass]
    public sealed class SlotQueueTests
    {
        [TestMethod]
        public void Turns_ComeInOrder_EachOnce()
        {
            SlotQueue queue = new SlotQueue(4);
            Assert.AreEqual(SlotQueue.None, queue.TakeFirst(), "empty");
            queue.Add(3);
            queue.Add(1);
            queue.Add(3);
            queue.Add(0);
            Assert.AreEqual(3, queue.First, "first");
            Assert.AreEqual(3, queue.TakeFirst(), "first");
            queue.Add(3);
            Assert.AreEqual(1, queue.TakeFirst(), "second");
            Assert.AreEqual(0, queue.TakeFirst(), "third");
            Assert.AreEqual(3, queue.TakeFirst(), "it came back behind the others");
            Assert.AreEqual(SlotQueue.None, queue.TakeFirst(), "empty again");
            Assert.AreEqual(SlotQueue.None, queue.First, "nobody");
        }

        [TestMethod]
        public void AnyOrder_IsThatOfAList()
        {
            Lcg random = new Lcg(8);
            SlotQueue queue = new SlotQueue(6);
            int[] list = new int[6];
            int count = 0;
            for (int step = 0; step < 800; step++)
            {
                int slot = random.Below(6);
                if (random.Below(5) < 2)
                {
                    int expected = count == 0 ? SlotQueue.None : list[0];
                    Assert.AreEqual(expected, queue.TakeFirst(), "turn");
                    for (int i = 1; i < count; i++)
                    {
                        list[i - 1] = list[i];
                    }

                    count -= count > 0 ? 1 : 0;
                    continue;
                }

                bool isIn = false;
                for (int i = 0; i < count; i++)
                {
                    isIn = isIn || list[i] == slot;
                }

                if (!isIn)
                {
                    list[count++] = slot;
                }

                queue.Add(slot);
            }
        }
    }
}
