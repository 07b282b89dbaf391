using System;

namespace EdgeBroker.Simulator.Lab.Run;

// What happens in a scenario.
public sealed partial class Simulation
{
    private void Happen(Happening what)
    {
        LabClient? client = _clients.Length > 0 ? _clients[what.Client] : null;
        switch (what.Do)
        {
            case Deed.Outage:
                _subject.SetAir(false);
                _net.After(what.ForMs, () => _subject.SetAir(true));
                break;
            case Deed.Reboot:
                Reboot(what.ForMs);
                break;
            case Deed.ClockStep:
                _subject.StepClock(what.ForMs);
                break;
            default:
                Do(client!, what);
                break;
        }
    }

    private void Reboot(long forMs)
    {
        if (_subject.Broker != null)
        {
            _subject.CutPower();
            Array.ForEach(_clients, c => c.Doubt());
            _subject.RunUntil(Math.Min(_net.NowMs + forMs, _scenario.FaultsEndMs));
            _subject.Start();
        }
    }

    private static void Do(LabClient client, Happening what)
    {
        switch (what.Do)
        {
            case Deed.Connect:
                client.Connect();
                break;
            case Deed.Subscribe:
                client.Subscribe(what.Topic!, what.Options);
                break;
            case Deed.Unsubscribe:
                client.Unsubscribe(what.Topic!);
                break;
            case Deed.Publish:
                client.Publish(what);
                break;
            case Deed.Ping:
                client.Ping();
                break;
            case Deed.Disconnect:
                client.Disconnect(what.ExpiryS);
                break;
            case Deed.Reset:
                client.Reset();
                break;
            case Deed.End:
                client.End();
                break;
            case Deed.PowerOff:
                client.PowerOff(what.ForMs);
                break;
            case Deed.StopReading:
                client.StopReading(what.ForMs);
                break;
            case Deed.Mute:
                client.Mute(what.ForMs);
                break;
            case Deed.Deafen:
                client.Deafen(what.ForMs);
                break;
            case Deed.StopAcking:
                client.StopAcking(what.ForMs);
                break;
            case Deed.Renew:
                client.Renew();
                break;
            case Deed.Blackout:
                client.Blackout(what.ForMs);
                break;
            case Deed.SendBytes:
                client.SendBytes(Convert.FromHexString(what.Hex!));
                break;
            case Deed.Knock:
                client.Knock(what.ForMs);
                break;
        }
    }
}
