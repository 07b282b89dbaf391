using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Interop;

/// <summary>A data row (library, version) for each external client and version.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ClientsAttribute : Attribute, ITestDataSource
{
    /// <summary>Leaves 3.1.1 out, for what only 5.0 has.</summary>
    public bool Mqtt5Only { get; init; }

    /// <summary>Leaves the mosquitto clients out, for what their options cannot express.</summary>
    public bool DriversOnly { get; init; }

    public IEnumerable<object[]> GetData(MethodInfo methodInfo)
    {
        string[] drivers = [ClientLibrary.Paho, ClientLibrary.MqttJs];
        string[] libraries = DriversOnly ? drivers : [ClientLibrary.Mosquitto, .. drivers];
        int[] versions = Mqtt5Only
            ? [ClientLibrary.Mqtt5] : [ClientLibrary.Mqtt311, ClientLibrary.Mqtt5];
        return libraries.SelectMany(
            library => versions, (library, version) => new object[] { library, version });
    }

    public string GetDisplayName(MethodInfo methodInfo, object[] data)
    {
        string version = (int)data[1] == ClientLibrary.Mqtt5 ? "5.0" : "3.1.1";
        return $"{methodInfo.Name} ({data[0]}, {version})";
    }
}
