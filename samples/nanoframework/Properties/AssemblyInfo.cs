using System.Reflection;

[assembly: AssemblyTitle("SensorNode")]
[assembly: AssemblyProduct("SensorNode")]
[assembly: AssemblyCopyright("EdgeBroker contributors")]
