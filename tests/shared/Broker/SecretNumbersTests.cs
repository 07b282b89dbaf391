#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>SipHash-2-4 against its authors' vectors.</summary>
    [TestClass]
    public sealed class SecretNumbersTests
    {
        private const long Key0 = 0x0706050403020100;
        private const long Key1 = 0x0F0E0D0C0B0A0908;

        [TestMethod]
        public void Of_ReferenceVector()
        {
            // Key 00 to 0f, message 00 to 07: vectors_sip64[8] of the reference is
            // 62 24 93 9a 79 f5 f5 93.
            SecretNumbers numbers = new SecretNumbers(Key0, Key1);
            unchecked
            {
                Assert.AreEqual((long)0x93F5F5799A932462UL, numbers.Of(Key0), "reference");
            }
        }

        [TestMethod]
        public void Next_IsThatOfACounter()
        {
            SecretNumbers numbers = new SecretNumbers(Key0, Key1);
            SecretNumbers other = new SecretNumbers(Key0, Key1);
            for (int i = 0; i < 50; i++)
            {
                Assert.AreEqual(other.Of(i), numbers.Next(), "number " + i.ToString());
            }
        }

        [TestMethod]
        public void EveryBitOfKeyAndNumber_Counts()
        {
            long number = new SecretNumbers(Key0, Key1).Of(5);
            for (int bit = 0; bit < 64; bit++)
            {
                long one = 1L << bit;
                Assert.IsTrue(number != new SecretNumbers(Key0 ^ one, Key1).Of(5), "first half");
                Assert.IsTrue(number != new SecretNumbers(Key0, Key1 ^ one).Of(5), "second half");
                Assert.IsTrue(number != new SecretNumbers(Key0, Key1).Of(5 ^ one), "number");
            }
        }
    }
}
