DROP INDEX "agreements_confidential";--> statement-breakpoint
CREATE INDEX "agreement_transitions_state" ON "agreement_transitions" USING btree ("to_state","at");--> statement-breakpoint
CREATE INDEX "agreements_effective" ON "agreements" USING btree ("effective","id");--> statement-breakpoint
CREATE INDEX "agreements_filing_due" ON "agreements" USING btree ("filing_due") WHERE filed_on is null;--> statement-breakpoint
CREATE INDEX "agreements_confidential" ON "agreements" USING btree ("id","state","officer_id","created_by") WHERE visibility = 'confidential' and origin = 'office';