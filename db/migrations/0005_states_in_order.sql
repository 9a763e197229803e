DROP INDEX "agreements_state";--> statement-breakpoint
CREATE INDEX "agreements_state_updated" ON "agreements" USING btree ("state","updated_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "agreements_state_signed" ON "agreements" USING btree ("state","signed","id");--> statement-breakpoint
CREATE INDEX "agreements_state_ends" ON "agreements" USING btree ("state","ends","id");--> statement-breakpoint
CREATE INDEX "agreements_state_due" ON "agreements" USING btree ("state","next_due","id");