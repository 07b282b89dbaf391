using System.Reflection;

[assembly: AssemblyTitle("EdgeBroker")]
[assembly: AssemblyProduct("EdgeBroker")]
[assembly: AssemblyCopyright("EdgeBroker contributors")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: AssemblyFileVersion("0.1.0.0")]
