namespace EdgeBroker.Boards
{
    /// <summary>Classic ESP32 without PSRAM, revision 3, as on most DevKits.</summary>
    public static class Esp32
    {
        /// <summary>The profile of the board.</summary>
        public static BoardProfile Create()
        {
            var board = new BoardProfile("esp32", "ESP32_REV3", 79 * 1024);
            board.HeapSource = "reported for this target: 79 to 111 KB; not measured by us";
            board.LedPin = 2;
            Sizes.Medium(board.Limits);
            return board;
        }
    }
}
