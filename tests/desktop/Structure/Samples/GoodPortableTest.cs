using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Structure.Samples;

/// <summary>A test that the device could run as well as the desktop does.</summary>
[TestClass]
public sealed class GoodPortableTest
{
    [TestMethod]
    [DataRow(1, "one")]
    public void Adds(int a, string text)
    {
        byte[] bytes = { 1, 2, 3 };
        Assert.AreEqual(2, a + a, text + bytes.Length);
        Assert.AreEqual("one", text);
        Assert.IsTrue(a < 2, "of " + a);
    }
}
