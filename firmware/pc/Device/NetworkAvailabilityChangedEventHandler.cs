namespace System.Net.NetworkInformation
{
    /// <summary>Hears that the link came or went.</summary>
    internal delegate void NetworkAvailabilityChangedEventHandler(
        object sender, NetworkAvailabilityEventArgs e);
}
