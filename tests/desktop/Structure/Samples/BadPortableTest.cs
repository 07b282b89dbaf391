using System;
using System.Collections.Generic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Structure.Samples;

/// <summary>A test that the device cannot run. Without [TestClass], so nothing else does.</summary>
internal sealed class BadPortableTest
{
    public static void Throws(Action action) => Assert.ThrowsExactly<Exception>(action);

    public static void Collects(string[] items) => Assert.IsEmpty(items);

    public static void Maybe(int? a) => Assert.IsNotNull(a);

    public static void Counts(List<int> items) => Assert.IsTrue(items.Count == 0);

    public static void Adds(int a) => Assert.AreEqual(2, checked(a + a));
}
