ALTER TABLE "agreement_amendments" ADD COLUMN "applied_at" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "milestone_occurrences" ADD COLUMN "paid_amount" numeric(20, 4);--> statement-breakpoint
CREATE INDEX "agreement_amendments_ahead" ON "agreement_amendments" USING btree ("effective_on") WHERE applied_at is null;--> statement-breakpoint
ALTER TABLE "milestone_occurrences" ADD CONSTRAINT "milestone_occurrences_paid" CHECK ("milestone_occurrences"."paid_amount" >= 0);