namespace System.Net.NetworkInformation
{
    /// <summary>Hears that an address changed.</summary>
    internal delegate void NetworkAddressChangedEventHandler(object sender, EventArgs e);
}
