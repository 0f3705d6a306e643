/** Loads all that bugs are planted in. */
import '../../../api/index.ts'
import '../../simulation/simulation.ts'
