import NIOCore
import Testing

@testable import PlaybookServer

@Suite("Room for connections")
struct ConnectionRoomTests {
    private final class Guest: ConnectionRoom.Guest {
        var lastComplete: NIODeadline
        var isBusy: Bool
        var hasLeft = false

        init(_ seconds: Int64, isBusy: Bool = false) {
            lastComplete = .uptimeNanoseconds(0) + .seconds(seconds)
            self.isBusy = isBusy
        }

        func leave() { hasLeft = true }
    }

    @Test("is made by closing what has been longest without a complete request")
    func oldest() {
        let room = ConnectionRoom(limit: 3)
        let guests = [Guest(5), Guest(1), Guest(3)]
        for guest in guests { #expect(room.enter(guest)) }
        #expect(guests.allSatisfy { !$0.hasLeft })
        // The second one has asked something since.
        guests[1].lastComplete = .uptimeNanoseconds(0) + .seconds(6)
        #expect(room.enter(Guest(7)))
        #expect(guests.map(\.hasLeft) == [false, false, true])
        #expect(room.enter(Guest(8)))
        #expect(guests.map(\.hasLeft) == [true, false, true])
    }

    @Test("is not made by closing what waits for an answer")
    func busy() {
        let room = ConnectionRoom(limit: 2)
        let working = Guest(1, isBusy: true)
        let idle = Guest(2)
        #expect(room.enter(working) && room.enter(idle) && room.enter(Guest(3, isBusy: true)))
        #expect(!working.hasLeft && idle.hasLeft)
        #expect(!room.enter(Guest(4)))
        #expect(!working.hasLeft)
    }

    @Test("is there again when a connection ends")
    func ends() {
        let room = ConnectionRoom(limit: 1)
        let first = Guest(1)
        #expect(room.enter(first))
        room.remove(first)
        #expect(room.enter(Guest(2)))
        #expect(!first.hasLeft)
    }
}
