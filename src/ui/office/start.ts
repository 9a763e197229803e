import { applyAtOnce } from './apply.ts'
import { warnOfChanges } from './changes.ts'
import { copyTexts } from './copy.ts'
import { followProgress } from './progress.ts'
import { moveByRows } from './rows.ts'
import { prepareToSay } from './say.ts'
import { sendByKeys } from './send-key.ts'
import { releaseForms, watchForms } from './sending.ts'

/**
 * What a script adds to the pages of the office. All of them work without: each part listens to the document, so that
 * what is put in place later needs nothing, and leaves whatever it cannot do to the browser.
 */
prepareToSay()
watchForms()
warnOfChanges(releaseForms)
copyTexts()
moveByRows()
sendByKeys()
applyAtOnce()
followProgress()
