using System.Runtime.CompilerServices;

// The stand-ins are internal, so that nobody who uses the host meets types named like those of
// .NET; the tests hold them against the device's.
[assembly: InternalsVisibleTo("EdgeBroker.Tests.Desktop")]
